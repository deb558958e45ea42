/** The headers of the demo admin, signed in anew. */
export async function adminHeaders(edge: string): Promise<Record<string, string>> {
  const login = await fetch(`${edge}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@vitrine.test', password: 'vitrine-admin-demo' }),
  })
  return { authorization: `Bearer ${(await login.json()).data.accessToken}` }
}
