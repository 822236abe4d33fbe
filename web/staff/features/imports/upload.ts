import { ApiProblem, problemOf } from '../../shared/api-problem.ts';

/** Sending a file, which takes a while and says how far it is; `fetch` cannot say that of what it sends. */
const bytesMax = 1024 ** 3;

/** What is wrong with a file before any of it is sent; null when nothing is to be seen. */
export function faultOfFile({ name, size }: Pick<File, 'name' | 'size'>): string | null {
  if (size === 0) return `${name} is empty: export it again, and look into it before you choose it.`;
  if (size > bytesMax)
    return `${name} is larger than 1 GB: export it in parts, and import one after the other.`;
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (['xlsx', 'xls', 'xlsm', 'ods', 'numbers'].includes(ending)) {
    return `${name} is a workbook: open it, save it as CSV (UTF-8), and choose that file.`;
  }
  if (['zip', 'gz', '7z', 'rar'].includes(ending))
    return `${name} is packed: unpack it, and choose the CSV file in it.`;
  if (['pdf', 'doc', 'docx', 'png', 'jpg', 'jpeg', 'json', 'xml'].includes(ending)) {
    return `${name} is no table: choose the CSV file that your old system exports.`;
  }
  return null;
}

/** An id that the sender chooses, so that sending again is harmless; also where a page is not served over https. */
export function newFileId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

interface Sending {
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** Sends one file under its id. Throws ApiProblem, and AbortError when it is given up. */
export function sendFile(fileId: string, file: File, { onProgress, signal }: Sending): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = new XMLHttpRequest();
  request.open('PUT', `/api/v1/import-files/${fileId}`);
  request.responseType = 'text';
  request.setRequestHeader('content-type', 'text/csv');
  request.setRequestHeader('accept', 'application/json');
  request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
  request.onload = () => {
    if (request.status >= 200 && request.status < 300) resolve();
    else void problemOf(responseOf(request)).then(reject);
  };
  request.onerror = () => reject(brokenOff());
  request.onabort = () => reject(new DOMException('Given up.', 'AbortError'));
  signal.addEventListener('abort', () => request.abort(), { once: true });
  request.send(file);
  return promise;
}

function responseOf(request: XMLHttpRequest): Response {
  const type = request.getResponseHeader('content-type');
  return new Response(request.responseText, {
    status: request.status,
    headers: type === null ? {} : { 'content-type': type },
  });
}

function brokenOff(): ApiProblem {
  return new ApiProblem({
    status: 0,
    code: 'unreachable',
    detail: 'The file did not arrive whole: check the connection, and choose it again.',
  });
}
