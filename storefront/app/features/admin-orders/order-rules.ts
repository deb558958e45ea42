import type { Order } from '@vitrine/contracts/orders'

/** What the state of an order lets staff do. The service decides; this only hides what it would refuse. */
export const canShip = ({ status }: Order): boolean => status === 'confirmed'
export const canDeliver = ({ status }: Order): boolean => status === 'shipped'
export const canCancel = ({ status }: Order): boolean => status === 'pending' || status === 'confirmed'
