import type { ChannelName } from '@vitrine/contracts/notifications'
import type { Delivery } from './mail.rules.ts'
import type { Claim } from './message.repository.ts'

/** A way out of the shop. One adapter a provider; an answer is always a value, never an exception. */
export type Channel = { deliver(message: Claim): Promise<Delivery>; close(): void }

/** The channels that are set up. */
export type Channels = { readonly [K in ChannelName]?: Channel }

export const namesOf = (channels: Channels): ChannelName[] =>
  // Object.keys of a record yields its own keys, which TypeScript widens to string[].
  (Object.keys(channels) as ChannelName[]).filter((name) => channels[name] !== undefined)
