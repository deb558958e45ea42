import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SERVICE_NAMES, type ServiceName } from '@vitrine/contracts/identity'
import { createLocalJWKSet, exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose'
import { verifyOnce } from './verified.ts'

/** What a service assertion (`X-Service`) is bound to: one method and path of one service. */
export interface AssertedCall {
  audience: string
  method: string
  path: string
}

export type SignAssertion = (call: AssertedCall) => Promise<string>
/** The calling service, or null when the assertion is absent, expired or for another call. */
export type VerifyCaller = (assertion: string | null, call: AssertedCall) => Promise<ServiceName | null>

const publicFile = (keysDir: string) => join(keysDir, 'public.json')
const privateFile = (keysDir: string, name: ServiceName) => join(keysDir, `${name}.json`)

/** Makes one key pair a service, once; the public halves go into one file. Safe to run at every start. */
export async function createServiceKeys(keysDir: string): Promise<void> {
  await mkdir(keysDir, { recursive: true, mode: 0o700 })
  if (await Bun.file(publicFile(keysDir)).exists()) return
  const keys = []
  for (const name of SERVICE_NAMES) {
    const pair = await generateKeyPair('EdDSA', { extractable: true })
    await writeFile(privateFile(keysDir, name), JSON.stringify({ ...(await exportJWK(pair.privateKey)), kid: name }), {
      mode: 0o600,
    })
    keys.push({ ...(await exportJWK(pair.publicKey)), kid: name, alg: 'EdDSA' })
  }
  // Renamed into place last: a half-made set is made again.
  await writeFile(`${publicFile(keysDir)}.new`, JSON.stringify({ keys }))
  await rename(`${publicFile(keysDir)}.new`, publicFile(keysDir))
}

const LIFE_SECONDS = 60
const MOST_KEPT = 1000

/** Signs calls as `self` with its own key. The same call again within half its life carries the same assertion. */
export async function createAssertionSigner(keysDir: string, self: ServiceName): Promise<SignAssertion> {
  const key = await importJWK(JSON.parse(await readFile(privateFile(keysDir, self), 'utf8')), 'EdDSA')
  const sign = ({ audience, method, path }: AssertedCall) =>
    new SignJWT({ method, path })
      .setProtectedHeader({ alg: 'EdDSA', kid: self })
      .setIssuer(self)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${LIFE_SECONDS}s`)
      .sign(key)
  const signed = new Map<string, { token: Promise<string>; renewAt: number }>()
  return (call) => {
    const name = `${call.audience} ${call.method} ${call.path}`
    const known = signed.get(name)
    if (known && Date.now() < known.renewAt) return known.token
    if (signed.size >= MOST_KEPT) signed.clear()
    const token = sign(call)
    signed.set(name, { token, renewAt: Date.now() + (LIFE_SECONDS / 2) * 1000 })
    return token
  }
}

/** Verifies with the public file; the issuer must be the owner of the key that signed. */
export async function createCallerVerifier(keysDir: string): Promise<VerifyCaller> {
  const keySet: JSONWebKeySet = JSON.parse(await readFile(publicFile(keysDir), 'utf8'))
  const keys = createLocalJWKSet(keySet)
  const verify = verifyOnce((assertion) => jwtVerify(assertion, keys, { algorithms: ['EdDSA'] }))
  return async (assertion, call) => {
    if (!assertion) return null
    try {
      const { payload, protectedHeader } = await verify(assertion)
      const isThisCall = payload.aud === call.audience && payload.method === call.method && payload.path === call.path
      const name = SERVICE_NAMES.find((service) => service === payload.iss)
      return isThisCall && name && protectedHeader.kid === name ? name : null
    } catch {
      return null
    }
  }
}
