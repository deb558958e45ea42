import { CLIENT_TYPES, renderClientTypes } from './client.types.ts'
import { EVENTS_PAGE, renderEventsPage } from './events.document.ts'

/** Writes what is made from the code: the page of events, and the types of the client. */
await Bun.write(EVENTS_PAGE, await renderEventsPage())
await Bun.write(CLIENT_TYPES, await renderClientTypes())
console.log(`${EVENTS_PAGE} and ${CLIENT_TYPES} are up to date.`)
process.exit(0)
