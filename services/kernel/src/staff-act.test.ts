import { expect, test } from 'bun:test'
import { differing, handOf } from './staff-act.ts'
import { identityOf } from './verifiers.testing.ts'

const request = (headers: Record<string, string> = {}) => new Request('http://localhost/', { headers })

test('staff have a hand with the address the edge saw, customers and nobody have none', () => {
  const seen = request({ 'x-forwarded-for': '192.0.2.1, 10.0.0.1' })
  expect(handOf({ identity: identityOf('admin'), request: seen, requestId: 'req_1' })).toEqual({
    actor: 'usr_admin',
    sessionId: 'ses_usr_admin',
    address: '192.0.2.1',
    requestId: 'req_1',
  })
  expect(handOf({ identity: identityOf('customer'), request: seen, requestId: 'req_1' })).toBeNull()
  expect(handOf({ identity: null, request: request(), requestId: 'req_1' })).toBeNull()
})

test('an act tells what differs and nothing else', () => {
  const before = { title: 'Old', brand: 'Ostra', version: 1, tags: ['a'] }
  const after = { title: 'New', brand: 'Ostra', version: 2, tags: ['a'] }
  expect(differing(before, after)).toEqual({ before: { title: 'Old' }, after: { title: 'New' } })
  expect(differing(null, { title: 'New', version: 1 })).toEqual({ before: null, after: { title: 'New' } })
  expect(differing({ title: 'Old' }, null)).toEqual({ before: { title: 'Old' }, after: null })
})
