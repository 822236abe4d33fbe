/**
 * The one layout of an email: what was written becomes text and HTML alike. Everything is escaped, nothing is loaded
 * from anywhere, it reads well on a telephone and in the dark, and it stays far below the size at which mail programs
 * cut a message off.
 */
export interface EmailParts {
  readonly language: string;
  readonly subject: string;
  /** The name on top. */
  readonly sender: string;
  /** Plain text: a blank line ends a paragraph, a line that begins with "- " is an item of a list. */
  readonly body: string;
  /** Who sent it and where they are. */
  readonly identity: readonly string[];
  readonly optOut: { readonly words: string; readonly link: string } | null;
}

type Block = { readonly kind: 'paragraph' | 'list'; readonly lines: readonly string[] };

export function emailText({ body, identity, optOut }: EmailParts): string {
  const parts = [body.trim(), '--', identity.join('\n')];
  if (optOut !== null) parts.push(`${optOut.words}: ${optOut.link}`);
  return `${parts.join('\n\n')}\n`;
}

export function emailHtml({ language, subject, sender, body, identity, optOut }: EmailParts): string {
  const footer = identity.map(escapeHtml).join('<br>');
  const stop =
    optOut === null
      ? ''
      : `<p style="margin:12px 0 0"><a class="link" href="${escapeHtml(optOut.link)}" style="color:#0b5563">` +
        `${escapeHtml(optOut.words)}</a></p>`;
  return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no">
<title>${escapeHtml(subject)}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 0; }
@media (max-width: 480px) { .sheet { padding: 20px 16px !important; } .around { padding: 0 !important; } }
@media (prefers-color-scheme: dark) {
  body, .around { background: #14191c !important; }
  .sheet { background: #1e2529 !important; border-color: #38434a !important; }
  .sheet, .sheet p, .sheet li, .sheet h1 { color: #e8edf0 !important; }
  .foot { color: #b4c0c7 !important; border-color: #38434a !important; }
  .foot p { color: #b4c0c7 !important; }
  .link { color: #7cc4d6 !important; }
}
</style>
</head>
<body style="margin:0;padding:0;background:#eef1f3">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="around" align="center" style="padding:24px 12px;background:#eef1f3">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px"><tr>
<td class="sheet" style="padding:28px 32px;background:#ffffff;border:1px solid #d5dde2;border-radius:8px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;color:#1d2529;text-align:left">
<h1 style="margin:0 0 20px;font-size:18px;line-height:1.3;color:#1d2529">${escapeHtml(sender)}</h1>
${blocksOf(body).map(blockHtml).join('\n')}
<div class="foot" style="margin-top:28px;padding-top:16px;border-top:1px solid #d5dde2;font-size:13px;color:#51606a">
<p style="margin:0">${footer}</p>${stop}
</div>
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
}

function blockHtml({ kind, lines }: Block): string {
  if (kind === 'paragraph') {
    return `<p style="margin:0 0 16px">${lines.map(withLinks).join('<br>')}</p>`;
  }
  const items = lines.map((line) => `<li style="margin:0 0 6px">${withLinks(line)}</li>`).join('');
  return `<ul style="margin:0 0 16px;padding-left:22px">${items}</ul>`;
}

/** The paragraphs and lists of a text. */
export function blocksOf(text: string): Block[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n[^\S\n]*\n/)
    .map((part) => part.trim().split('\n'))
    .filter((lines) => lines.some((line) => line.trim() !== ''))
    .flatMap((lines) => {
      const blocks: { kind: Block['kind']; lines: string[] }[] = [];
      for (const line of lines) {
        const item = /^\s*-\s+(.*)$/.exec(line)?.[1];
        const kind = item === undefined ? 'paragraph' : 'list';
        const last = blocks.at(-1);
        if (last?.kind === kind) last.lines.push(item ?? line.trim());
        else blocks.push({ kind, lines: [item ?? line.trim()] });
      }
      return blocks;
    });
}

/** Addresses on the web become links; only https ones, and nothing else of what was written is markup. */
function withLinks(line: string): string {
  return line
    .split(/(https:\/\/[^\s<>"']+[^\s<>"'.,;:!?)])/u)
    .map((part, index) => {
      const escaped = escapeHtml(part);
      return index % 2 === 0
        ? escaped
        : `<a class="link" href="${escaped}" style="color:#0b5563">${escaped}</a>`;
    })
    .join('');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
