/** Where a buyer finds the order, signed in or not: the look-up asks for the mail address, so the link alone opens nothing. */
export const lookupUrl = (publicUrl: string, number: string): string =>
  `${publicUrl.replace(/\/$/, '')}/orders/lookup?number=${encodeURIComponent(number)}`
