import { EVENTS_PAGE, renderEventsPage } from './events.document.ts'

/** Writes the pages of docs/ that are made from the code. */
await Bun.write(EVENTS_PAGE, await renderEventsPage())
console.log(`${EVENTS_PAGE} is up to date.`)
