import { fixedClock } from '@vitrine/kernel/clock'
import { silentLog } from '@vitrine/kernel/log'
import { z } from 'zod'
import { createAuthApp } from '../services/auth/src/app.ts'
import { createCartApp } from '../services/cart/src/app.ts'
import { createCatalogApp } from '../services/catalog/src/app.ts'
import { createNotificationsApp } from '../services/notifications/src/app.ts'
import { createOrdersApp } from '../services/orders/src/app.ts'
import { createPaymentApp } from '../services/payment/src/app.ts'

const Document = z.looseObject({
  paths: z.record(z.string(), z.unknown()),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
})
export type Document = z.infer<typeof Document>

const nobody = async () => null
// Stands for every store and neighbour: a document is made of routes alone, and none of them is asked.
const unasked: never = new Proxy(() => unasked, { get: () => unasked }) as never

function createApps() {
  const shared = { clock: fixedClock(new Date(0)), log: silentLog(), verifyIdentity: nobody, verifyCaller: nobody }
  const base = { ...shared, checks: {}, queues: {}, people: unasked, service: unasked, neighbours: unasked }
  const stores = { store: unasked, throttles: unasked, hasher: unasked, keys: unasked, takeAttempt: unasked }
  const auth = { ...base, ...stores, isHttps: false, isSecondFactorRequired: false }
  const orders = { ...base, orders: unasked, access: unasked, attempts: unasked, promotions: unasked, rates: unasked }
  const payments = { refunds: unasked, webhooks: unasked, traces: unasked, breaks: unasked, isForTesters: false }
  const { app: catalog } = createCatalogApp({ ...base, stores: unasked })
  return {
    auth: createAuthApp(auth),
    catalog,
    cart: createCartApp(base),
    orders: createOrdersApp({ ...orders, ...wiring, services: unasked }),
    payments: createPaymentApp({ ...base, ...payments }),
    notifications: createNotificationsApp(base),
  }
}

const wiring = {
  client: unasked,
  outbox: unasked,
  inbox: unasked,
  settings: unasked,
  reach: unasked,
  isForTesters: false,
}

/** The OpenAPI documents of all services as one, from the code, without a shop that runs. */
export async function wholeDocument(): Promise<Document> {
  const documents = await Promise.all(
    Object.entries(createApps()).map(async ([name, app]) => {
      const reply = await app.handle(new Request(`http://localhost/api/${name}/openapi.json`))
      return Document.parse(await reply.json())
    }),
  )
  const [first] = documents
  if (!first) throw new Error('There are no services.')
  const schemas = Object.assign({}, ...documents.map(({ components }) => components.schemas))
  return {
    ...first,
    paths: Object.assign({}, ...documents.map(({ paths }) => paths)),
    components: { ...first.components, schemas },
  }
}
