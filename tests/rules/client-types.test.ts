import { expect, test } from 'bun:test'
import { CLIENT_TYPES, renderClientTypes } from '../client.types.ts'

test('the client knows the routes as they are; "npm run docs" writes its types anew', async () => {
  expect((await Bun.file(CLIENT_TYPES).text()) === (await renderClientTypes())).toBe(true)
}, 30_000)
