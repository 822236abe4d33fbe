/** Words that name nobody, alone or together: "our carefully selected partners" (PECR 22(2); Colour Car Sales). */
const namingNobody: ReadonlySet<string> = new Set(
  (
    'a advertiser advertisers affiliate affiliates all and any approved associate associates business ' +
    'businesses by carefully chosen companies company dealer dealers for from group insurer insurers ' +
    'lender lenders like manufacturer manufacturers marketing minded of or organisation organisations ' +
    'other others our parties partner partners party preferred provider providers select selected ' +
    'similar sister some sponsor sponsors supplier suppliers the third trusted us various we with your'
  ).split(' '),
);

/** Whether a name says which company it is. */
export function namesCompany(name: string): boolean {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.some((word) => !namingNobody.has(word));
}
