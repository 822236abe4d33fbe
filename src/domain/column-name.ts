/**
 * A column's name as files are matched by it: lower case, with one underscore for each run of spaces, hyphens and
 * punctuation. `Cust. No`, `cust-no` and `CUST_NO` are one name.
 */
export function normaliseColumnName(header: string): string {
  return header
    .toLowerCase()
    .normalize('NFKC')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}
