/** What a page's loaders tell whoever keeps the page. */
export interface PageNotes {
  /** False when a part is missing that may be there again in a moment. */
  isWhole: boolean
}

export type RenderPage = (request: Request, context: { notes: PageNotes }) => Promise<Response>

declare module '@remix-run/server-runtime' {
  interface AppLoadContext {
    notes: PageNotes
  }
}
