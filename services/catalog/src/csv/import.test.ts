import { beforeAll, expect, test } from 'bun:test'
import { CSV_COLUMNS, ImportJob } from '@vitrine/contracts/imports'
import { kitchen, makeCatalog, productInput } from '../catalog.testing.ts'

let catalog: Awaited<ReturnType<typeof makeCatalog>>
beforeAll(async () => {
  catalog = await makeCatalog()
  await catalog.call('POST', '/api/catalog/categories', { as: 'admin', body: kitchen })
}, 30_000)

const csv = (...lines: string[]) => lines.join('\n')

/** Sends a file and waits until it is worked off, however busy the machine. */
async function send(text: string | Uint8Array<ArrayBuffer>, query = '', as = 'admin', type = 'text/csv') {
  const reply = await catalog.send(`/api/catalog/import${query}`, text, { as, type })
  if (!reply.body.success) return { status: reply.status, job: null, error: reply.body.error }
  return { status: reply.status, job: await finished(reply.body.data.id), error: undefined }
}

async function finished(id: string): Promise<ImportJob> {
  await catalog.imports.workOff()
  return ImportJob.parse((await catalog.call('GET', `/api/catalog/import/${id}`, { as: 'admin' })).body.data)
}

const exported = async () => String((await catalog.call('GET', '/api/catalog/export', { as: 'admin' })).body)
const product = async (slug: string) =>
  (await catalog.call('GET', `/api/catalog/products/${slug}?status=all`, { as: 'admin' })).body.data
const stockOf = async (sku: string) =>
  (await catalog.call('GET', `/api/catalog/inventory/${sku}`, { as: 'admin' })).body.data

const told = async () =>
  (
    await catalog.connection
      .collection('outbox')
      .find({ type: 'staff.acted', 'data.action': 'products.imported' })
      .toArray()
  ).map(({ data }) => data)

test('the audit log hears once who imported a file and what came of it; of dry runs, which change nothing, it hears nothing', async () => {
  const file = csv('product,title,category,sku,price,onHand', 'told-cup,Told cup,kitchen,TOLD-1,12.50,3')
  await send(file, '?dryRun=true')
  const { job } = await send(file, '?fileName=told.csv')
  expect((await told()).filter(({ target }) => target === job?.id)).toMatchObject([
    { actor: 'usr_admin', before: null, after: { fileName: 'told.csv', status: 'done', created: 1, updated: 0 } },
  ])
  expect(await told()).toHaveLength(1)
})

test('importing and exporting need the permission to write, and a file of type text/csv', async () => {
  expect((await send('sku\nA', '', '')).status).toBe(401)
  expect((await send('sku\nA', '', 'support')).status).toBe(403)
  expect((await catalog.call('GET', '/api/catalog/export', { as: 'orders-manager' })).status).toBe(403)
  expect((await send('sku\nA', '', 'admin', 'application/json')).status).toBe(415)
})

test('a dry run names every wrong line and changes nothing', async () => {
  const file = csv(
    'product,title,category,sku,price,onHand',
    'good-cup,Good cup,kitchen,CUP-1,12.50,3',
    'bad-cup,Bad cup,nowhere,CUP-2,12.50,3',
    'worse-cup,"Worse',
    'cup",kitchen,CUP-3,cheap,many',
    'good-cup,,,CUP-1,12.50,3',
    ',,kitchen,CUP 4,1,1',
  )
  const { status, job } = await send(file, '?dryRun=true')
  expect([201, 202]).toContain(status)
  expect(job).toMatchObject({ status: 'done', dryRun: true, rows: 5, created: 1, errorCount: 5, hasFile: true })
  expect(job?.errors.map(({ line, column, sku }) => [line, column, sku])).toEqual([
    [3, 'category', 'CUP-2'],
    [4, 'price', 'CUP-3'],
    [4, 'onHand', 'CUP-3'],
    [6, 'sku', 'CUP-1'],
    [7, 'product', 'CUP 4'],
  ])
  expect(await product('good-cup')).toBeUndefined()
})

test('a file that was checked is imported without sending it again, once the dry run is done', async () => {
  const { job } = await send(
    csv('title,category,status,sku,price,onHand', 'Checked jug,kitchen,active,JUG-1,30,4'),
    '?dryRun=true',
  )
  const run = await catalog.call('POST', `/api/catalog/import/${job?.id}/run`, { as: 'admin' })
  expect([201, 202]).toContain(run.status)
  expect(await finished(run.body.data.id)).toMatchObject({ status: 'done', dryRun: false, created: 1, hasFile: false })
  expect(await product('checked-jug')).toMatchObject({
    status: 'active',
    createdBy: 'usr_admin',
    available: 4,
    variants: [{ sku: 'JUG-1', price: { amount: 3000, currency: 'EUR' } }],
  })
  expect((await catalog.call('POST', `/api/catalog/import/${run.body.data.id}/run`, { as: 'admin' })).status).toBe(409)
  expect((await catalog.call('POST', '/api/catalog/import/imp_none/run', { as: 'admin' })).status).toBe(404)
})

test('a row with a known SKU changes what its columns say and nothing else, and stock by a movement', async () => {
  await catalog.call('POST', '/api/catalog/products', {
    as: 'admin',
    body: productInput({
      slug: 'upsert-pot',
      variants: productInput().variants.map((one) => ({ ...one, sku: `UP-${one.sku}` })),
    }),
  })
  const before = await product('upsert-pot')
  const { job } = await send(csv('sku,price,onHand', 'UP-POM-GREEN,45.00,12', 'UP-POM-CREAM,39.00,'))
  expect(job).toMatchObject({ status: 'done', created: 0, updated: 1, unchanged: 1, errorCount: 0 })
  const after = await product('upsert-pot')
  const { variants: _v, priceRange: _p, updatedAt: _u, ...same } = before
  expect(after).toMatchObject({ ...same, version: 2, available: 12 })
  expect(after.variants[0]).toEqual({ ...before.variants[0], price: { amount: 4500, currency: 'EUR' }, available: 12 })
  const ledger = await catalog.call('GET', '/api/catalog/inventory/UP-POM-GREEN/movements', { as: 'admin' })
  const [moved] = ledger.body.data.items.filter(({ type }: { type: string }) => type === 'ADJUST')
  expect(moved).toMatchObject({ quantity: 2, reason: 'CSV import', onHand: 12 })
})

test('rows of one product make its options and variants; a wrong one of them leaves the whole product out', async () => {
  const header = 'product,title,category,sku,option1Name,option1Value,option1Swatch,price'
  const good = ['mug,Mug,kitchen,MUG-R,Color,Red,#aa0000,9', 'mug,,,MUG-B,Color,Blue,,9.5']
  const bad = ['bowl,Bowl,kitchen,BOWL-R,Color,Red,,9', 'bowl,Bowls,,BOWL-B,Color,Blue,,9', 'bowl,,,BOWL-C,,,,9']
  const { job } = await send(csv(header, ...good, ...bad))
  expect(job).toMatchObject({ rows: 5, created: 2, skipped: 2, errorCount: 1 })
  expect(job?.errors[0]).toMatchObject({ line: 5, column: 'title' })
  expect(await product('mug')).toMatchObject({
    options: [{ name: 'Color', values: ['Red', 'Blue'], swatches: { Red: '#aa0000' } }],
    variants: [
      { sku: 'MUG-R', options: { Color: 'Red' } },
      { sku: 'MUG-B', options: { Color: 'Blue' } },
    ],
  })
  expect(await product('bowl')).toBeUndefined()
})

test('a SKU of another product, and stock below what is reserved, are refused by line', async () => {
  await catalog.call('POST', '/internal/catalog/reservations', {
    service: 'orders',
    body: { orderId: 'ord_csv', lines: [{ sku: 'JUG-1', quantity: 3 }], expiresAt: '2026-11-21T13:00:00Z' },
  })
  const { job } = await send(csv('product,sku,price,onHand', 'mug,JUG-1,9,9', 'checked-jug,JUG-1,30,2'))
  expect(job?.errors.map(({ line, column }) => [line, column])).toEqual([
    [2, 'product'],
    [3, 'sku'],
  ])
  expect((await send(csv('sku,onHand', 'JUG-1,2'))).job?.errors[0]).toMatchObject({ line: 2, column: 'onHand' })
  expect(await stockOf('JUG-1')).toMatchObject({ onHand: 4, reserved: 3 })
})

test('what was exported comes back without changing anything, formulas, quotes and line breaks included', async () => {
  const text = '=HYPERLINK("http://x","y")\nsecond, "line"; \'=kept'
  await catalog.call('POST', '/api/catalog/products', {
    as: 'admin',
    body: productInput({
      title: '@Evil +pot',
      slug: 'evil-pot',
      brand: "'-Brand",
      description: text,
      options: [{ name: 'Color', values: ['Green', 'Cream', 'Unused'], swatches: { Green: '#00aa00' } }],
      variants: productInput().variants.map((one) => ({ ...one, sku: `EVIL-${one.sku}` })),
    }),
  })
  const file = await exported()
  expect(file.split('\n')[0]?.trim()).toBe(CSV_COLUMNS.join(','))
  expect(file).toContain("'=HYPERLINK")
  expect(file).not.toMatch(/(^|,)"?[=+@-]/m)
  const revision = await catalog.stores.products.findRevision()
  const { job } = await send(file)
  expect(job).toMatchObject({ status: 'done', created: 0, updated: 0, skipped: 0, errorCount: 0 })
  expect(job?.unchanged).toBe(job?.rows)
  expect(await catalog.stores.products.findRevision()).toBe(revision)
  expect(await exported()).toBe(file)
  expect((await product('evil-pot')).description).toBe(text)
})

test('an export fills an empty shop with the same catalog', async () => {
  const file = await exported()
  const other = await makeCatalog()
  await other.call('POST', '/api/catalog/categories', { as: 'admin', body: kitchen })
  const reply = await other.send('/api/catalog/import', file, { as: 'admin', type: 'text/csv' })
  await other.imports.workOff()
  const job = await other.call('GET', `/api/catalog/import/${reply.body.data.id}`, { as: 'admin' })
  expect(job.body.data).toMatchObject({ status: 'done', errorCount: 0, skipped: 0 })
  const lines = (text: unknown) =>
    String(text)
      .trim()
      .split(/\r?\n(?=[a-z-]+,)/)
      .sort()
  expect(lines((await other.call('GET', '/api/catalog/export', { as: 'admin' })).body)).toEqual(lines(file))
}, 30_000)

test('files nobody can read are refused: no sku column, unknown columns, not UTF-8, broken quotes', async () => {
  for (const file of ['', 'title,price\nA,1', 'sku,prise\nA,1', 'sku,sku\nA,B']) {
    const { status, error } = await send(file)
    expect([status, error?.code]).toEqual([400, 'invalid_input'])
  }
  expect((await send(new Uint8Array([0x73, 0x6b, 0x75, 0x0a, 0xff, 0xfe]))).status).toBe(400)
  const { job } = await send('sku,price\nMUG-R,9\n"MUG-B,9\n')
  expect(job).toMatchObject({ status: 'failed', message: expect.stringContaining('Line 3') })
})

test('copies of the catalog read imported stock once, and show it at once', async () => {
  const { products, stock } = catalog.stores
  const { upTo } = await stock.listChangedSince(null, 0)
  const toldSince = async (revision: number) =>
    (await stock.listChangedSince(upTo, revision)).items
      .filter(({ sku }) => sku === 'COUNTED-1')
      .map(({ onHand }) => onHand)
  for (const onHand of [7, 9]) {
    const before = await products.findRevision()
    await send(`product,title,category,status,sku,price,onHand\ncounted,Counted,kitchen,active,COUNTED-1,5,${onHand}`)
    expect((await product('counted')).available).toBe(onHand)
    expect(await toldSince(before)).toEqual([onHand])
    expect(await toldSince(await products.findRevision())).toEqual([])
  }
})

test('semicolons, a byte order mark and carriage returns are read, too', async () => {
  const { job } = await send('\uFEFFsku;price\r\nMUG-R;"10,50"\r\n')
  expect(job).toMatchObject({ status: 'done', updated: 1, errorCount: 0 })
  expect((await product('mug')).variants[0].price.amount).toBe(1050)
})

test('an import whose worker died goes on where it stopped, and no batch takes effect twice', async () => {
  const rows = Array.from({ length: 900 }, (_, index) => `Part ${index},kitchen,PART-${index},1,5`)
  const header = 'title,category,sku,price,onHand'
  const { imports } = catalog.stores
  const file = csv(header, ...rows)
  async function* pieces() {
    yield new TextEncoder().encode(file)
  }
  const fileId = await imports.saveFile(pieces())
  const none = { created: 0, updated: 0, unchanged: 0, skipped: 0, rows: 0, bytesDone: 0, errorCount: 0, errors: [] }
  const fixed = {
    status: 'queued' as const,
    dryRun: false,
    fileName: 'parts.csv',
    message: null,
    createdBy: 'usr_admin',
    hand: null,
  }
  const times = { createdAt: new Date('2026-01-01'), finishedAt: null }
  await imports.add({ id: 'imp_dead', fileId, header, bytes: file.length, ...none, ...fixed, ...times })
  let calls = 0
  const dying = {
    ...imports,
    applyBatch: (...given: Parameters<typeof imports.applyBatch>) => {
      if (++calls > 1) throw new Error('killed')
      return imports.applyBatch(...given)
    },
    finish: async () => {},
  }
  await catalog.importsWith(dying).workOff()
  expect(await imports.find('imp_dead')).toMatchObject({ status: 'running', rows: 400, created: 400 })
  await catalog.connection
    .collection<{ _id: string }>('imports')
    .updateOne({ _id: 'imp_dead' }, { $set: { aliveAt: new Date(0) } })
  await catalog.importsWith(imports).workOff()
  expect(await imports.find('imp_dead')).toMatchObject({ status: 'done', rows: 900, created: 900, unchanged: 0 })
  const list = await catalog.call('GET', '/api/catalog/import', { as: 'admin' })
  expect(list.body.data.items.length).toBeGreaterThan(3)
}, 40_000)

test('thousands of new rows take seconds', async () => {
  const rows = Array.from({ length: 3000 }, (_, index) => {
    const number = Math.floor(index / 2)
    return `bulk-${number},Bulk piece ${number},kitchen,active,BULK-${index},Size,${index % 2 ? 'L' : 'S'},12.50,7`
  })
  const startedAt = performance.now()
  const { job } = await send(csv('product,title,category,status,sku,option1Name,option1Value,price,onHand', ...rows))
  expect(performance.now() - startedAt).toBeLessThan(15_000)
  expect(job).toMatchObject({ status: 'done', progress: 100, rows: 3000, created: 3000, errorCount: 0 })
}, 40_000)
