import { Done, SavedAddress, SavedAddresses, SavedAddressInput, SavedAddressPatch } from '@vitrine/contracts/auth'
import { ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import type { AddressService } from './address.service.ts'
import { requireIdentity, type ServiceApp } from './service-app.ts'

const params = z.object({ id: z.string() })

export function addAddressRoutes(app: ServiceApp, addresses: AddressService) {
  return app
    .get('/api/auth/addresses', async ({ identity }) => ok(await addresses.list(requireIdentity(identity).userId)), {
      signedIn: true,
      detail: { summary: 'Own addresses' },
      response: replies(SavedAddresses),
    })
    .post(
      '/api/auth/addresses',
      async ({ identity, body, set }) => {
        const address = await addresses.add(requireIdentity(identity).userId, body)
        set.status = 201
        return ok(address)
      },
      {
        signedIn: true,
        body: SavedAddressInput,
        detail: { summary: 'Save an address' },
        response: replies(SavedAddress, 201),
      },
    )
    .patch(
      '/api/auth/addresses/:id',
      async ({ identity, params, body }) =>
        ok(await addresses.change(requireIdentity(identity).userId, params.id, body)),
      {
        signedIn: true,
        params,
        body: SavedAddressPatch,
        detail: { summary: 'Change an address' },
        response: replies(SavedAddress),
      },
    )
    .delete(
      '/api/auth/addresses/:id',
      async ({ identity, params }) => {
        await addresses.remove(requireIdentity(identity).userId, params.id)
        return ok({ done: true as const })
      },
      { signedIn: true, params, detail: { summary: 'Forget an address' }, response: replies(Done) },
    )
}
