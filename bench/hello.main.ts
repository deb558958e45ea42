/** The ceiling: a server that does nothing, in a process of its own. Prints its port. */
const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response('hello') })
console.log(server.port)
