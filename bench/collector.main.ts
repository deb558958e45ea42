/** A collector that only counts: POST takes OTLP in JSON, GET tells how many spans came. Prints its port. */
let spans = 0
const collector = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  async fetch(request) {
    if (request.method === 'GET') return new Response(String(spans))
    spans += (await request.text()).split('"spanId"').length - 1
    return Response.json({})
  },
})
console.log(collector.port)
