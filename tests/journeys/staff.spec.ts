import { expect, type Page, test } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { linkOfMail } from './mailbox.api.ts'
import { signInAs, watchErrors } from './shop.page.ts'

const PASSWORD = 'packing things all day'
const STEP_MS = 30_000

const codeOf = (secret: string, later = 0) =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: Date.now() + later })

async function signInWith(page: Page, email: string): Promise<void> {
  await page.goto('/login?to=/admin')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const menuOf = (page: Page) => page.getByRole('navigation', { name: 'Admin' })

test('an admin makes a role and invites somebody, who sees and may what the role says, and no more from the next click', async ({
  page: admin,
  browser,
}) => {
  test.setTimeout(120_000)
  const errors = watchErrors(admin)
  const mark = Date.now().toString(36)
  const email = `packer.${mark}@staff.test`
  await signInAs(admin, 'admin')
  await admin.goto('/admin/staff')
  await admin.getByRole('link', { name: 'New role' }).click()
  await admin.getByLabel('Name of the role').fill(`packer-${mark}`)
  await expect(admin.getByRole('checkbox', { name: /^Change products and categories/ })).toBeDisabled()
  await admin.getByRole('checkbox', { name: /^See orders/ }).check()
  await admin.getByRole('checkbox', { name: /^See stock/ }).check()
  await admin.getByRole('button', { name: 'Save role' }).click()
  await expect(admin.getByRole('status').filter({ hasText: 'The role is saved' })).toBeVisible()
  await admin.getByRole('link', { name: 'Invite a colleague' }).click()
  await admin.getByLabel('Name', { exact: true }).fill('Petra Packer')
  await admin.getByLabel('Mail address').fill(email)
  await admin.getByLabel(`Packer ${mark}`, { exact: true }).check()
  await admin.getByRole('button', { name: 'Send invitation' }).click()
  await expect(admin.getByRole('row', { name: /Petra Packer/ }).filter({ hasText: email })).toContainText('Invited')

  const packer = await (await browser.newContext()).newPage()
  await packer.goto(await linkOfMail(email, 'invitation'))
  await packer.getByLabel('New password').fill(PASSWORD)
  await packer.getByRole('button', { name: 'Set the password' }).click()
  await packer.waitForURL('/login?reset=done')
  await signInWith(packer, email)
  await packer.waitForURL('/admin')
  await expect(menuOf(packer).getByRole('link', { name: 'Orders' })).toBeVisible()
  await expect(menuOf(packer).getByRole('link', { name: 'Inventory' })).toBeVisible()
  for (const absent of ['Staff and roles', 'Audit log', 'Customers', 'Promotions'])
    await expect(menuOf(packer).getByRole('link', { name: absent })).toHaveCount(0)
  expect((await packer.goto('/admin/staff'))?.status()).toBe(403)
  expect((await packer.goto('/admin/orders'))?.status()).toBe(200)

  await admin.goto(`/admin/staff?role=packer-${mark}`)
  await admin.getByRole('checkbox', { name: /^See orders/ }).uncheck()
  await admin.getByRole('button', { name: `Save Packer ${mark}` }).click()
  await expect(admin.getByRole('status').filter({ hasText: 'The role is saved' })).toBeVisible()
  expect((await packer.goto('/admin/orders'))?.status()).toBe(403)
  await packer.goto('/admin')
  await expect(menuOf(packer).getByRole('link', { name: 'Orders' })).toHaveCount(0)

  await admin.goto(`/admin/audit?person=${encodeURIComponent(email)}&action=user`)
  await expect(admin.getByRole('row').filter({ hasText: 'Invited a colleague' })).toContainText(`packer-${mark}`)
  expect(errors).toEqual([])
  await packer.context().close()
})

test('an authenticator app is added, sign-in asks for its code, and a recovery code stands in for it', async ({
  browser,
}) => {
  // Plain forms: all of it works without a script.
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  const email = `careful.${Date.now().toString(36)}@staff.test`
  await page.request.post('/api/auth/register', { data: { email, password: PASSWORD, name: 'Cara Careful' } })
  await signInWith(page, email)
  await page.goto('/account/security')
  await page.locator('#totp-password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Add an app' }).click()
  await expect(page.getByRole('img', { name: 'The key below, as a QR code' })).toBeVisible()
  const secret = ((await page.locator('.key').textContent()) ?? '').replaceAll(' ', '')
  await page.getByLabel('Code').fill('000000')
  await page.getByRole('button', { name: 'Turn it on' }).click()
  await expect(page.getByText('This code is not right')).toBeVisible()
  await page.getByLabel('Code').fill(codeOf(secret))
  await page.getByRole('button', { name: 'Turn it on' }).click()
  await expect(page.locator('.codes li')).toHaveCount(10)
  const recovery = (await page.locator('.codes li').first().textContent()) ?? ''

  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.waitForURL('/login')
  await signInWith(page, email)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One more step')
  await page.getByLabel('Code').fill('000000')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('This code is not right')).toBeVisible()
  await page.getByLabel('Code').fill(codeOf(secret, STEP_MS))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.goto('/account')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hello, Cara')

  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await signInWith(page, email)
  await page.getByLabel('Code').fill(recovery)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.goto('/account/security')
  await expect(page.getByText('9 recovery codes are left')).toBeVisible()
  await context.close()
})
