import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { Glob } from 'bun'
import { ROOT } from '../mesh.process.ts'
import { allRoutes, type Route, titleOf } from './documents.ts'
import { call } from './edge.client.ts'
import { MAKE, newPerson, type Person, ROLES, tokenFor } from './matrix.people.ts'

/** Routes on something that belongs to one person: theirs answers, somebody else's is not there. */
const OWNED: Record<string, keyof typeof MAKE> = {
  'GET /api/orders/{id}': 'order',
  'GET /api/orders/{id}/payment': 'order',
  'POST /api/orders/{id}/cancel': 'order',
  'PATCH /api/auth/addresses/{id}': 'address',
  'DELETE /api/auth/addresses/{id}': 'address',
  'DELETE /api/auth/sessions/{id}': 'session',
}

/** Routes with an id that need no permission and yet belong to nobody: the shop window, lines of one's own cart,
 * and what is kept under the caller's own account. */
const SHARED = [
  'GET /api/catalog/products/{id}',
  'GET /api/catalog/products/{id}/related',
  'GET /api/catalog/products/{id}/reviews',
  'POST /api/catalog/products/{id}/reviews',
  'GET /api/catalog/products/{id}/reviews/mine',
  'PATCH /api/catalog/products/{id}/reviews/mine',
  'POST /api/catalog/products/{id}/variants/{sku}/alerts',
  'PUT /api/catalog/wishlist/{productId}',
  'DELETE /api/catalog/wishlist/{productId}',
  'GET /api/catalog/pictures/{pictureId}/{file}',
  'PATCH /api/cart/lines/{sku}',
  'DELETE /api/cart/lines/{sku}',
]

/** Their success ends the session of whoever asks, so each gets a session of its own. */
const ENDS_SESSION = /^(POST \/api\/auth\/logout|DELETE \/api\/auth\/(sessions|me))$/

const MISSING: Record<string, string> = { sku: 'NO-SUCH-SKU', name: 'no-such-role', file: '400.webp' }
const routes = await allRoutes()

const isNamed = ({ operation }: Route) => operation['x-permission'].includes(':')
const pathWith = ({ path, operation }: Route, id?: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (id !== undefined && name === 'id') return id
    const example = operation.parameters.find(
      (parameter) => parameter.in === 'path' && parameter.name === name,
    )?.example
    return encodeURIComponent(MISSING[name] ?? String(example ?? 'missing'))
  })

/** A key no schema knows: an allowed call ends as bad input and changes nothing. */
const NO_EFFECT = { matrix: true }

async function statusFor(route: Route, { token }: Pick<Person, 'token'>, path: string, body: unknown = NO_EFFECT) {
  const sent = route.method === 'GET' || !route.operation.requestBody ? {} : { body }
  // The stream never ends by itself; its order is missing, so it ends before it begins.
  const query = titleOf(route) === 'GET /api/orders/events' ? '?order=ord_missing' : ''
  return (await call(path + query, { method: route.method, token, ...sent })).status
}

const allows = ({ operation }: Route, { token, permissions }: Person): boolean => {
  const access = operation['x-permission']
  if (access === 'anyone') return true
  return access === 'signed-in' ? token !== undefined : permissions.some((one) => one === access)
}

/** What the declared permission makes of a call about something that does not exist. */
function expectation(route: Route, person: Person): (status: number) => boolean {
  if (!allows(route, person)) return (status) => status === (person.token ? 403 : 401)
  return (status) => status !== 401 && status !== 403 && status < 500
}

const AT_ONCE = 8

/** Asks about routes a few at a time; what comes back is what was wrong. */
async function wrongOf(
  asked: Route[],
  check: (route: Route) => Promise<string[]>,
  atOnce = AT_ONCE,
): Promise<string[]> {
  const waiting = [...asked]
  const wrong: string[] = []
  const work = async () => {
    for (let route = waiting.shift(); route; route = waiting.shift()) wrong.push(...(await check(route)))
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return wrong.sort()
}

test.each([...ROLES])(
  'every route answers %s as its declared permission says',
  async (role) => {
    const person = await newPerson(role)
    const judge = async (route: Route, token = person.token): Promise<string[]> => {
      const status = await statusFor(route, { token }, pathWith(route))
      return expectation(route, person)(status) ? [] : [`${titleOf(route)} answered ${status}`]
    }
    const ending = (route: Route) => ENDS_SESSION.test(titleOf(route))
    const wrong = await wrongOf(
      routes.filter((route) => !ending(route)),
      judge,
    )
    // One after the other: the last of them ends every session there is.
    for (const route of routes.filter(ending))
      wrong.push(...(await judge(route, person.token && (await tokenFor(person.email)))))
    expect(wrong).toEqual([])
  },
  30_000,
)

test('an admin is told of what is missing, never refused it', async () => {
  const admin = await newPerson('admin')
  const asked = routes.filter((one) => isNamed(one) && one.path.includes('{'))
  const wrong = await wrongOf(asked, async (route) => {
    const status = await statusFor(route, admin, pathWith(route))
    // With a body to judge, bad input may be told first.
    const fitting = route.operation.requestBody ? [400, 404, 415] : [404]
    return fitting.includes(status) ? [] : [`${titleOf(route)} answered ${status}`]
  })
  expect(wrong).toEqual([])
}, 30_000)

test('what belongs to one person answers its owner and is not there for anybody else', async () => {
  const [owner, stranger, nobody] = await Promise.all([
    newPerson('customer'),
    newPerson('customer'),
    newPerson('nobody'),
  ])
  const check = async (route: Route): Promise<string[]> => {
    const kind = OWNED[titleOf(route)]
    if (!kind) return []
    const path = pathWith(route, await MAKE[kind](owner))
    const body = route.operation.requestBody?.content['application/json']?.example
    const hidden = route.operation['x-permission'] === 'signed-in' ? 401 : 404
    const answers = {
      nobody: [await statusFor(route, nobody, path, body), hidden],
      stranger: [await statusFor(route, stranger, path, body), 404],
      missing: [await statusFor(route, owner, pathWith(route), body), 404],
      owner: [await statusFor(route, owner, path, body), 200],
    }
    return Object.entries(answers).flatMap(([who, [status, wanted]]) =>
      status === wanted ? [] : [`${titleOf(route)} answered ${who} ${status} instead of ${wanted}`],
    )
  }
  // One at a time: a person has one cart.
  expect(await wrongOf(routes, check, 1)).toEqual([])
}, 30_000)

test('no route is missing from the lists above or from the documents', async () => {
  const titles = routes.map(titleOf)
  const unlisted = routes.filter((route) => !isNamed(route) && route.path.includes('{')).map(titleOf)
  expect(unlisted.filter((title) => !OWNED[title] && !SHARED.includes(title))).toEqual([])
  expect([...Object.keys(OWNED), ...SHARED].filter((title) => !titles.includes(title))).toEqual([])
  const written: string[] = []
  for await (const file of new Glob('services/*/src/**/*.routes.ts').scan(ROOT)) {
    const source = (await Bun.file(join(ROOT, file)).text()).replaceAll(/\$\{base\}/g, '/api/cart')
    for (const [, method = '', path = ''] of source.matchAll(
      /\.(get|post|put|patch|delete)\(\s*['`](\/api\/[^'`]+)['`]/g,
    ))
      written.push(`${method.toUpperCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  }
  // Only Traefik asks it, and it answers no caller of the API.
  const internal = ['GET /api/auth/authorize']
  expect(written.length).toBeGreaterThan(50)
  expect(written.filter((title) => !titles.includes(title) && !internal.includes(title))).toEqual([])
})

test('a path or method that no document names is shut at the edge', async () => {
  for (const service of ['auth', 'catalog', 'orders', 'payments', 'notifications']) {
    const { status, error } = await call(`/api/${service}/no-such-route/at-all`, { method: 'PUT', body: {} })
    expect({ service, status, code: error.code }).toEqual({ service, status: 401, code: 'unauthenticated' })
  }
})
