/** Names of the query that choose what a list shows. */
export const LIST_PARAMS =
  /^(q|category|brand|sort|page|inStock|onSale|rating\.min|price\.min|price\.max|option\..{1,60})$/
