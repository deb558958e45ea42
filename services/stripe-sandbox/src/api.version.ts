/** The version of Stripe's API whose shapes the sandbox speaks; the official SDK pins the same. */
export const API_VERSION = '2026-10-28.endive'
