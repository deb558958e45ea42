import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { processorTimes } from './processor-time.ts'
import { type Shop, startShop } from './shop.process.ts'
import { adminHeaders } from './staff.ts'

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '50000' }, variants: { type: 'string', default: '4' } },
})
const rows = Number(values.rows)
const variants = Number(values.variants)

interface Job {
  id: string
  status: 'queued' | 'running' | 'done' | 'failed'
  rows: number
  created: number
  updated: number
  unchanged: number
  errorCount: number
}

function fileOf(category: string): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const piece = Math.floor(index / variants)
    const description = `A sentence about piece ${piece} that is long enough to look like one.`
    const own = `big-${piece},Big piece ${piece},${description},${category},active`
    return `${own},BIG-${index},Size,S${index % variants},${10 + (index % 90)}.50,5`
  })
  return ['product,title,description,category,status,sku,option1Name,option1Value,price,onHand', ...lines].join('\n')
}

/** The most memory a process ever had, in MB (proc(5), VmHWM); 0 where the system has no /proc. */
async function mostMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

/** Imports a file and waits for its end, then prints what it took. */
async function measureImport({ edge, replicas }: Shop, title: string, file: string): Promise<Job> {
  const catalog = replicas.find(({ service }) => service === 'catalog')?.pid ?? 0
  const authorization = await adminHeaders(edge)
  const before = await processorTimes(replicas)
  const began = performance.now()
  let path = '/api/catalog/import'
  let request: RequestInit = { method: 'POST', headers: { ...authorization, 'content-type': 'text/csv' }, body: file }
  for (;;) {
    const reply = await fetch(edge + path, request)
    const body = await reply.json()
    if (!reply.ok) throw new Error(`${title}: ${JSON.stringify(body.error)}`)
    const job: Job = body.data
    if (job.status === 'done' || job.status === 'failed') {
      const after = await processorTimes(replicas)
      const spent = (name: string) => (((after.get(name) ?? 0) - (before.get(name) ?? 0)) / 1000).toFixed(1)
      console.log(`${title}: ${job.status}, ${job.rows} rows in ${((performance.now() - began) / 1000).toFixed(1)} s`)
      console.log(
        `  ${job.created} created, ${job.updated} updated, ${job.unchanged} unchanged, ${job.errorCount} errors`,
      )
      console.log(`  catalog: ${await mostMemory(catalog)} MB at most, ${spent('catalog')} s of processor`)
      console.log(`  mongo: ${spent('mongo')} s of processor`)
      return job
    }
    await Bun.sleep(500)
    path = `/api/catalog/import/${job.id}`
    request = { headers: authorization }
  }
}

const shop = await startShop()
try {
  const categories = (await (await fetch(`${shop.edge}/api/catalog/categories`)).json()).data
  const imported = await measureImport(shop, 'import', fileOf(categories.items[0].slug))
  const began = performance.now()
  const exported = await fetch(`${shop.edge}/api/catalog/export`, { headers: await adminHeaders(shop.edge) })
  const file = await exported.text()
  console.log(
    `export: ${(file.length / 2 ** 20).toFixed(1)} MB in ${((performance.now() - began) / 1000).toFixed(1)} s`,
  )
  const again = await measureImport(shop, 'the export, imported again', file)
  if (imported.created !== rows || again.unchanged !== again.rows || again.rows < rows)
    throw new Error('The import and its way back did not come out even.')
} finally {
  await shop.stop()
}
