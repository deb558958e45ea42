import { expect, test } from 'bun:test'
import { dirname, join, normalize, relative, resolve } from 'node:path'
import { Glob } from 'bun'

const ROOT = resolve(import.meta.dir, '../..')
const transpilers = { ts: new Bun.Transpiler({ loader: 'ts' }), tsx: new Bun.Transpiler({ loader: 'tsx' }) }

interface Import {
  from: string
  to: string
}

/** All imports of a file, type imports too (a transpiler drops those, so they are read from the text). */
function specifiersOf(file: string, source: string): string[] {
  const code = transpilers[file.endsWith('.tsx') ? 'tsx' : 'ts'].scanImports(source).map((found) => found.path)
  const types = [...source.matchAll(/import type [^'"]*from ['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '')
  return [...new Set([...code, ...types])]
}

function resolveImport(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return relative(ROOT, normalize(join(ROOT, dirname(file), specifier)))
  if (specifier.startsWith('#app/')) return `storefront/app/${specifier.slice('#app/'.length)}`
  const workspace = /^@vitrine\/([\w-]+)\/?(.*)$/.exec(specifier)
  return workspace ? `services/${workspace[1]}/src/${workspace[2]}.ts` : specifier
}

async function allImports(): Promise<Import[]> {
  const imports: Import[] = []
  for await (const file of new Glob('{services,storefront,mesh,tests,bench}/**/*.{ts,tsx}').scan(ROOT)) {
    if (file.includes('node_modules') || file.includes('/build/')) continue
    for (const specifier of specifiersOf(file, await Bun.file(join(ROOT, file)).text())) {
      imports.push({ from: file, to: resolveImport(file, specifier) })
    }
  }
  return imports
}

const imports = await allImports()
const SHARED = new Set(['contracts', 'kernel'])
const serviceOf = (path: string) => /^services\/([\w-]+)\//.exec(path)?.[1]
const areaOf = (path: string) => path.split('/')[0]
const sentence =
  (rule: string) =>
  ({ from, to }: Import) =>
    `${from} imports ${to}: ${rule}.`

test('a service never imports another service', () => {
  const broken = imports.filter(({ from, to }) => {
    const [own, other] = [serviceOf(from), serviceOf(to)]
    // The payment service is tested against the real sandbox, which stands for Stripe itself.
    const isStripeInTest = other === 'stripe-sandbox' && from.endsWith('.test.ts')
    return own && other && own !== other && !SHARED.has(other) && !isStripeInTest
  })
  expect(broken.map(sentence('services meet through contracts and the mesh'))).toEqual([])
})

const FOR_ITS_SERVER = /^services\/kernel\/src\/(change-mark|context|env|log|metrics|tracing|visits)\.ts$/

test('the storefront imports nothing of the services but contracts, and for its server how the kernel counts, traces and tells of changes', () => {
  const broken = imports.filter(
    ({ from, to }) =>
      areaOf(from) === 'storefront' &&
      serviceOf(to) &&
      serviceOf(to) !== 'contracts' &&
      !(from.endsWith('.server.ts') && FOR_ITS_SERVER.test(to)),
  )
  expect(broken.map(sentence('the storefront knows contracts only'))).toEqual([])
})

test('contracts import zod only', () => {
  const broken = imports.filter(
    ({ from, to }) =>
      serviceOf(from) === 'contracts' && to !== 'zod' && to !== 'bun:test' && serviceOf(to) !== 'contracts',
  )
  expect(broken.map(sentence('contracts run in the browser too'))).toEqual([])
})

test('rules import contracts, other rules and types of their own service only', () => {
  const broken = imports.filter(
    ({ from, to }) => from.endsWith('.rules.ts') && /^(mongoose|ioredis|elysia|sharp|stripe)/.test(to),
  )
  expect(broken.map(sentence('rules are pure decisions'))).toEqual([])
})

test('routes never touch a store', () => {
  const broken = imports.filter(({ from, to }) => from.endsWith('.routes.ts') && /^(mongoose|ioredis)$/.test(to))
  expect(broken.map(sentence('routes call the service'))).toEqual([])
})

test('mongoose is private to *.mongo.ts and the kernel', () => {
  const broken = imports.filter(
    ({ from, to }) =>
      to === 'mongoose' && serviceOf(from) !== 'kernel' && !from.endsWith('.mongo.ts') && !from.endsWith('.test.ts'),
  )
  expect(broken.map(sentence('stores live behind a repository'))).toEqual([])
})

test('nobody imports mesh, tests or bench from outside', () => {
  const broken = imports.filter(({ from, to }) => /^(mesh|tests|bench)\//.test(to) && areaOf(from) !== areaOf(to))
  expect(broken.map(sentence('tools stay outside of the product'))).toEqual([])
})

test('no file is named by what it is not: utils, helpers, common, misc', async () => {
  const files = [...new Set(imports.map(({ from }) => from))]
  expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc)(\.|\/)/.test(file))).toEqual([])
})

test('no import cycles', () => {
  const graph = Map.groupBy(
    imports.filter(({ to }) => to.endsWith('.ts') || to.endsWith('.tsx')),
    ({ from }) => from,
  )
  const state = new Map<string, 'open' | 'closed'>()
  const cycles: string[] = []
  const visit = (file: string, path: string[]): void => {
    if (state.get(file) === 'closed') return
    if (state.get(file) === 'open') {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      return
    }
    state.set(file, 'open')
    for (const { to } of graph.get(file) ?? []) visit(to, [...path, file])
    state.set(file, 'closed')
  }
  for (const file of graph.keys()) visit(file, [])
  expect(cycles).toEqual([])
})
