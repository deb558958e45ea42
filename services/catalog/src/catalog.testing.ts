import type { ProductInput } from '@vitrine/contracts/catalog'
import { type ChangeMark, noChangeMark } from '@vitrine/kernel/change-mark'
import { fixedClock } from '@vitrine/kernel/clock'
import { newId } from '@vitrine/kernel/ids'
import { createLog, silentLog } from '@vitrine/kernel/log'
import { connectMongo, ensureIndexes } from '@vitrine/kernel/mongo'
import { createOutbox } from '@vitrine/kernel/outbox'
import { startTestMongo } from '@vitrine/kernel/stores.testing'
import { testCallerVerifier, testIdentityVerifier } from '@vitrine/kernel/verifiers.testing'
import { createCatalogApp, mongoStores } from './app.ts'
import { createImportService } from './csv/import.service.ts'
import { guardStock } from './stock.models.mongo.ts'

const log = createLog('catalog-test')

/** A catalog on a real database of its own. Without a mark every read asks the database. */
export async function makeCatalog(mark: ChangeMark = noChangeMark) {
  const { url } = await startTestMongo()
  const connection = await connectMongo(url, newId('catalog'), log)
  const stores = mongoStores(connection, createOutbox(connection), mark)
  await ensureIndexes(connection)
  await guardStock(connection)
  const clock = fixedClock(new Date('2026-11-21T12:00:00Z'))
  const deps = {
    clock,
    log,
    stores,
    mark,
    isCartHold: true,
    verifyIdentity: testIdentityVerifier,
    verifyCaller: testCallerVerifier,
    checks: {},
  }
  const { app, inventory, imports, alerts, views } = createCatalogApp(deps)

  /** Sends a request as `as` (a role, or `role:userId`) and returns status and body. */
  async function call(
    method: string,
    path: string,
    options: { as?: string; body?: unknown; headers?: Record<string, string>; service?: string } = {},
  ) {
    const headers = new Headers(options.headers)
    if (options.as) headers.set('x-identity', options.as)
    if (options.service) headers.set('x-service', options.service)
    const isForm = options.body instanceof FormData
    if (options.body !== undefined && !isForm) headers.set('content-type', 'application/json')
    const body = options.body === undefined ? null : isForm ? (options.body as FormData) : JSON.stringify(options.body)
    const response = await app.handle(new Request(`http://localhost${path}`, { method, headers, body }))
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }

  /** Sends a body that is not JSON. */
  async function send(
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    { as, type }: { as: string; type: string },
  ) {
    const headers = { 'content-type': type, ...(as ? { 'x-identity': as } : {}) }
    const reply = await app.handle(new Request(`http://localhost${path}`, { method: 'POST', headers, body }))
    return { status: reply.status, body: await reply.json() }
  }

  const importsWith = (repository: typeof stores.imports) =>
    createImportService({ imports: repository, clock, log: silentLog() })
  const anotherReplica = () => createCatalogApp(deps).app
  return {
    app,
    deps,
    call,
    send,
    stores,
    clock,
    connection,
    inventory,
    imports,
    alerts,
    views,
    importsWith,
    anotherReplica,
  }
}

const eur = (amount: number) => ({ amount, currency: 'EUR' as const })

/** A product with two colours; override what a test is about. */
export const productInput = (overrides: Partial<ProductInput> = {}): ProductInput => ({
  title: 'Pomona teapot',
  description: 'Holds 1.1 litres.',
  brand: 'Ostra',
  category: 'kitchen',
  status: 'active',
  options: [{ name: 'Color', values: ['Green', 'Cream'] }],
  variants: [
    { sku: 'POM-GREEN', options: { Color: 'Green' }, price: eur(4200), compareAtPrice: eur(5400), onHand: 10 },
    { sku: 'POM-CREAM', options: { Color: 'Cream' }, price: eur(3900), onHand: 0 },
  ],
  ...overrides,
})

export const kitchen = { slug: 'kitchen', title: 'Kitchen', description: '', parent: null, position: 1 }
