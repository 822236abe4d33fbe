/** What a named person accepts before `assume_legitimate_interest` takes effect. */
export const assumeLegitimateInterestWarning =
  "Texts, emails and social messages to people need consent or the existing-customer rule. 'They did not opt out' is neither. The regulator can fine up to £17.5 million or 4% of turnover.";
