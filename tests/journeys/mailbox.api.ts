import { expect, request } from '@playwright/test'

const EDGE = process.env.VITRINE_EDGE ?? 'http://localhost:8080'

/** The path that the newest mail of this kind links to, read from the shop's own mailbox as an admin. */
export async function linkOfMail(to: string, template: string): Promise<string> {
  const api = await request.newContext({ baseURL: EDGE })
  const credentials = { email: 'admin@vitrine.test', password: 'vitrine-admin-demo' }
  const signedIn = await (await api.post('/api/auth/login', { data: credentials })).json()
  const headers = { authorization: `Bearer ${signedIn.data.accessToken}` }
  const query = `to=${encodeURIComponent(to)}&template=${template}`
  let id = ''
  await expect
    .poll(async () => {
      const { data } = await (await api.get(`/api/notifications/messages?${query}`, { headers })).json()
      id = data.items[0]?.id ?? ''
      return id
    }, `a mail ${template} to ${to}`)
    .not.toBe('')
  const { data } = await (await api.get(`/api/notifications/messages/${id}`, { headers })).json()
  await api.dispose()
  const link = /https?:\/\/\S+token=\S+/.exec(data.text)?.[0] ?? ''
  expect(link, 'the link stands on the shop’s own address').toContain(EDGE)
  return link.slice(EDGE.length)
}
