import { expect, test } from 'bun:test'
import { join } from 'node:path'

test('told to stand aside it is ready, answers no call and ends at once', async () => {
  const sandbox = Bun.spawn([process.execPath, join(import.meta.dir, 'main.ts')], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      STAND_ASIDE: 'true',
      STRIPE_SECRET_KEY: 'sk_test_real',
      LOG_LEVEL: 'info',
    },
    stdout: 'pipe',
  })
  let said = ''
  for await (const part of sandbox.stdout) {
    said += new TextDecoder().decode(part)
    if (said.includes('listening')) break
  }
  const url = `http://127.0.0.1:${/"port":(\d+)/.exec(said)?.[1]}`
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  expect((await fetch(`${url}/v1/payment_intents`)).status).toBe(404)
  expect((await fetch(`${url}/_control/reset`, { method: 'POST' })).status).toBe(404)
  sandbox.kill('SIGTERM')
  expect(await sandbox.exited).toBe(0)
  expect(said).not.toContain('sk_test_real')
})
