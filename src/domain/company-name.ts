/** Words that name nobody: a yes to "selected partners" is none (PECR 22(2); Colour Car Sales). */
const namesNobody =
  /^(?:(?:our|all|any|some|other|selected|trusted|carefully|chosen|preferred|approved|marketing|group|third|the)\s+)*(?:partners?|part(?:y|ies)|third[- ]part(?:y|ies)|(?:third[- ]party\s+|partner\s+)?companies|sponsors?|advertisers?|affiliates?|others)$/i;

/** Whether a text can be the name of a company at all: what names nobody was agreed to by nobody. */
export function namesCompany(text: string): boolean {
  return !namesNobody.test(text.trim());
}
