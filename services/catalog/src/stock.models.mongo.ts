import { isDeepStrictEqual } from 'node:util'
import type { MovementType, Stock } from '@vitrine/contracts/inventory'
import type { Reservation, SkuQuantity } from '@vitrine/contracts/reservations'
import { type Connection, type Model, Schema } from 'mongoose'

/** `available` is always `onHand - reserved`; it is stored so that one conditional update can guard it. */
export interface StockDoc {
  _id: string
  onHand: number
  reserved: number
  available: number
  sold: number
  /** The last change of this row alone. Readers look back for seconds, since a transaction may be seen late. */
  updatedAt?: Date
  /** The catalog's revision at its last import: thousands of rows change at once, and each is to be read once. */
  revision?: number
}

export const toStock = ({ _id, onHand, reserved, available, sold }: StockDoc): Stock => ({
  sku: _id,
  onHand,
  reserved,
  available,
  sold,
})

const stockSchema = new Schema<StockDoc>(
  { _id: String, onHand: Number, reserved: Number, available: Number, sold: Number, updatedAt: Date, revision: Number },
  { collection: 'stock', versionKey: false },
)
stockSchema.index({ updatedAt: 1 })
stockSchema.index({ revision: 1 }, { sparse: true })
stockSchema.index({ available: 1, _id: 1 })

/** The backstop below the conditional updates: no count can be stored below zero. */
export const STOCK_FLOOR = {
  $jsonSchema: {
    properties: Object.fromEntries(
      ['onHand', 'reserved', 'available', 'sold'].map((field) => [
        field,
        { bsonType: ['int', 'long', 'double'], minimum: 0 },
      ]),
    ),
  },
}

export interface MovementDoc {
  _id: string
  sku: string
  type: MovementType
  quantity: number
  reason: string
  actor: string
  onHand: number
  at: Date
}

const movementSchema = new Schema<MovementDoc>(
  { _id: String, sku: String, type: String, quantity: Number, reason: String, actor: String, onHand: Number, at: Date },
  { collection: 'movements', versionKey: false },
)
movementSchema.index({ sku: 1, at: -1, _id: -1 })

export interface ReservationDoc {
  _id: string
  status: Reservation['status']
  lines: SkuQuantity[]
  expiresAt: Date
  updatedAt: Date
  /** The version of the cart, for holds of carts (`cart:<id>`). */
  version?: number
}

const reservationSchema = new Schema<ReservationDoc>(
  {
    _id: String,
    status: String,
    lines: [{ _id: false, sku: String, quantity: Number }],
    expiresAt: Date,
    updatedAt: Date,
    version: Number,
  },
  { collection: 'reservations', versionKey: false },
)
reservationSchema.index({ status: 1, expiresAt: 1 })
reservationSchema.index({ 'lines.sku': 1 })

function modelOf<T>(connection: Connection, name: string, schema: Schema<T>): Model<T> {
  // The name is registered with this schema alone, so the model found has its type.
  return (connection.models[name] as Model<T> | undefined) ?? (connection.model(name, schema) as unknown as Model<T>)
}

export const stockModel = (connection: Connection) => modelOf<StockDoc>(connection, 'Stock', stockSchema)
export const movementModel = (connection: Connection) => modelOf<MovementDoc>(connection, 'Movement', movementSchema)
export const reservationModel = (connection: Connection) =>
  modelOf<ReservationDoc>(connection, 'Reservation', reservationSchema)

/**
 * Puts the floor under the stock collection, where it is not there yet: changing it locks the collection, for which a
 * start would have to wait until mongod gives up the transaction of a process that was killed. Call after the indexes
 * are built.
 */
export async function guardStock(connection: Connection): Promise<void> {
  const [collection] = (await connection.db?.listCollections({ name: 'stock' }).toArray()) ?? []
  const options = collection && 'options' in collection ? collection.options : undefined
  if (isDeepStrictEqual(options?.validator, STOCK_FLOOR) && options?.validationLevel === 'strict') return
  await connection.db?.command({ collMod: 'stock', validator: STOCK_FLOOR, validationLevel: 'strict' })
}
