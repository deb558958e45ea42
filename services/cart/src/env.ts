import { BaseEnv } from '@vitrine/kernel/env'

export const CartEnv = BaseEnv
