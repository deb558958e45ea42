import { type ClientSession, type Connection, type Model, Schema } from 'mongoose'

interface RevisionDoc {
  _id: string
  revision: number
}

const schema = new Schema<RevisionDoc>(
  { _id: String, revision: Number },
  { collection: 'revisions', versionKey: false },
)
const ID = 'catalog'

/** One number that grows with every change to a product or category, so that each process knows when its copy is old. */
export interface Revision {
  find(): Promise<number>
  /** Must run in the transaction of the change it stands for. */
  bump(session: ClientSession): Promise<number>
}

export function mongoRevision(connection: Connection): Revision {
  const model =
    (connection.models.Revision as Model<RevisionDoc> | undefined) ?? connection.model<RevisionDoc>('Revision', schema)
  return {
    async find() {
      const doc = await connection.collection<RevisionDoc>('revisions').findOne({ _id: ID })
      return doc?.revision ?? 0
    },
    async bump(session) {
      const doc = await model
        .findOneAndUpdate({ _id: ID }, { $inc: { revision: 1 } }, { upsert: true, returnDocument: 'after', session })
        .lean()
      return doc.revision
    },
  }
}
