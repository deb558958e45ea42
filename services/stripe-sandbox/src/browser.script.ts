async function build(): Promise<string> {
  const built = await Bun.build({
    entrypoints: [`${import.meta.dir}/browser/stripe.ts`],
    target: 'browser',
    format: 'iife',
    minify: true,
  })
  const [script] = built.outputs
  if (!script) throw new Error('The browser script did not build.')
  return script.text()
}

/** The drop-in for Stripe.js, bundled once at start. */
export async function createBrowserScript(): Promise<() => Response> {
  const bundle = await build()
  return () =>
    new Response(bundle, {
      headers: {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=300',
        'x-content-type-options': 'nosniff',
      },
    })
}
