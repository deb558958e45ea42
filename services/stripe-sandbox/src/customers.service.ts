import { type Call, requestOf, type SandboxDeps, seconds } from './call.ts'
import { inUse, noSuch } from './failure.ts'
import { changedFields, fullAddress, fullShipping, given, mergeMetadata } from './fields.rules.ts'
import { CustomerCreate, CustomerUpdate } from './method.params.ts'
import type { MethodService } from './methods.service.ts'
import type { Stored, StripeObject } from './objects.repository.ts'
import { parseParams } from './params.ts'

const BLANK = {
  address: null,
  balance: 0,
  currency: null,
  default_source: null,
  delinquent: false,
  description: null,
  discount: null,
  email: null,
  livemode: false,
  name: null,
  next_invoice_sequence: 1,
  phone: null,
  preferred_locales: [],
  shipping: null,
  tax_exempt: 'none',
  test_clock: null,
}
const INVOICES = { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null }

/** Customers, who own payment methods. */
export function createCustomerService({ objects }: SandboxDeps, methods: MethodService) {
  async function get(call: Call, id: string): Promise<Stored> {
    const stored = await objects.find(call.account, id)
    if (stored?.object.object !== 'customer' || stored.hidden.isDeleted) throw noSuch('customer', id)
    return stored
  }

  function fieldsOf(params: Omit<ReturnType<typeof parseUpdate>, 'metadata' | 'expand' | 'validate'>) {
    const { address, shipping, invoice_settings: _invoices, ...plain } = params
    return given({
      ...plain,
      address: address === undefined ? undefined : fullAddress(address),
      shipping: shipping === undefined ? undefined : fullShipping(shipping),
    })
  }
  const parseUpdate = (call: Call) => parseParams(CustomerUpdate, call.params)

  return {
    async create(call: Call): Promise<StripeObject> {
      const { payment_method: methodId, ...params } = parseParams(CustomerCreate, call.params)
      const { metadata, expand: _expand, validate: _validate, ...fields } = params
      const id = call.newId('cus')
      const customer: StripeObject = {
        ...BLANK,
        invoice_prefix: id.slice(4, 12).toUpperCase(),
        ...fieldsOf(fields),
        invoice_settings: { ...INVOICES, ...given(params.invoice_settings ?? {}) },
        id,
        object: 'customer',
        created: seconds(call.now),
        metadata: mergeMetadata({}, metadata),
      }
      const events = [{ type: 'customer.created', object: customer }]
      await objects.commit({ account: call.account, request: requestOf(call), create: [{ object: customer }], events })
      if (methodId) await methods.attach({ ...call, params: { customer: id } }, methodId)
      return customer
    },
    async retrieve(call: Call, id: string): Promise<object> {
      const stored = await objects.find(call.account, id)
      if (stored?.object.object !== 'customer') throw noSuch('customer', id)
      return stored.hidden.isDeleted ? deleted(id) : stored.object
    },
    async update(call: Call, id: string): Promise<StripeObject> {
      const { metadata, expand: _expand, validate: _validate, ...params } = parseUpdate(call)
      const stored = await get(call, id)
      const { object } = stored
      const invoices = { ...(object.invoice_settings as object), ...given(params.invoice_settings ?? {}) }
      const customer: StripeObject = {
        ...object,
        ...fieldsOf(params),
        invoice_settings: invoices,
        metadata: mergeMetadata(object.metadata as Record<string, string>, metadata),
      }
      const previous = changedFields(object, customer)
      const saved = await objects.commit({
        account: call.account,
        request: requestOf(call),
        update: [{ ...stored, object: customer }],
        events: [{ type: 'customer.updated', object: customer, previous }],
      })
      if (saved === 'stale') throw inUse('customer')
      return customer
    },
    async remove(call: Call, id: string): Promise<object> {
      const stored = await get(call, id)
      const hidden = { ...stored.hidden, isDeleted: true }
      const gone = { ...stored.object, object: 'customer' }
      const events = [{ type: 'customer.deleted', object: gone }]
      await objects.commit({ account: call.account, request: requestOf(call), update: [{ ...stored, hidden }], events })
      return deleted(id)
    },
    async methods(call: Call, id: string) {
      await get(call, id)
      return methods.list(call, id)
    },
  }
}

/** What Stripe still says of a customer who was deleted. */
const deleted = (id: string) => ({ id, object: 'customer', deleted: true })
