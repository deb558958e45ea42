import { expect, test } from 'bun:test'
import { EVENTS_PAGE, renderEventsPage } from '../events.document.ts'

test('docs/events.md says what the contract says; "npm run docs" writes it anew', async () => {
  expect(await Bun.file(EVENTS_PAGE).text()).toBe(await renderEventsPage())
})
