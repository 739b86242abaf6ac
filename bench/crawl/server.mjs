// The server of case 12, in a process of its own: every answer is 1 KiB, after 10 ms. Tells its port on standard output, and ends
// with its standard input.
import { createServer } from 'node:http'

const page = Buffer.alloc(1024, 'x')

const server = createServer((_request, response) => {
  setTimeout(() => response.end(page), 10)
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', 4096, () => console.log(server.address().port))
process.stdin.on('end', () => process.exit()).resume()
