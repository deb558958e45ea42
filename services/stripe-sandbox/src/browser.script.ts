/** Bundled once, at the first request. */
let bundle: Promise<string> | undefined

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

/** The drop-in for Stripe.js. */
export async function browserScript(_request: Request): Promise<Response> {
  bundle ??= build()
  return new Response(await bundle, {
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
    },
  })
}
