export type FormValue = string | FormValue[] | FormTree
export interface FormTree {
  [key: string]: FormValue
}

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** Reads `a[b][0]=c` as `{ a: { b: ['c'] } }`, the way Stripe reads its bodies and queries. */
export function parseForm(text: string): FormTree {
  const tree: FormTree = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/[[\]]+/).filter((part, index) => part !== '' || index === 0)
    if (path.length === 0 || path.length > 6 || path.some((part) => FORBIDDEN.has(part))) continue
    assign(tree, name.endsWith('[]') ? [...path, ''] : path, value)
  }
  return listsOf(tree) as FormTree // the root is never a list: its keys are parameter names
}

function assign(node: FormTree, [key = '', ...rest]: string[], value: string) {
  const name = key === '' ? String(Object.keys(node).length) : key
  if (rest.length === 0) {
    node[name] = value
    return
  }
  const child = node[name]
  const next: FormTree = typeof child === 'object' && !Array.isArray(child) ? child : {}
  node[name] = next
  assign(next, rest, value)
}

function listsOf(value: FormValue, isRoot = true): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([key, child]) => [key, listsOf(child, false)] as const)
  if (!isRoot && entries.length > 0 && entries.every(([key], index) => key === String(index))) {
    return entries.map(([, child]) => child)
  }
  return Object.fromEntries(entries)
}
