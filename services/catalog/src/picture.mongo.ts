import { type Connection, mongo, Schema } from 'mongoose'
import type { PictureRepository } from './picture.repository.ts'

interface FileDoc {
  _id: string
  pictureId: string
  bytes: mongo.Binary | Buffer
}

const schema = new Schema<FileDoc>(
  { _id: String, pictureId: String, bytes: Schema.Types.Buffer },
  { collection: 'pictureFiles', versionKey: false },
)
schema.index({ pictureId: 1 })

const toBytes = (bytes: FileDoc['bytes']): Uint8Array => (bytes instanceof mongo.Binary ? bytes.buffer : bytes)

/** One document a width: each is far below the size a document may have, so no chunks are needed. */
export function mongoPictureRepository(connection: Connection): PictureRepository {
  const files = connection.model<FileDoc>('PictureFile', schema)
  return {
    async find(pictureId, width) {
      const doc = await files.findById(`${pictureId}/${width}`, { bytes: 1 }).lean()
      return doc ? toBytes(doc.bytes) : null
    },
    async save(given) {
      const operations = given.map(({ pictureId, width, bytes }) => {
        const _id = `${pictureId}/${width}`
        return {
          replaceOne: { filter: { _id }, replacement: { _id, pictureId, bytes: Buffer.from(bytes) }, upsert: true },
        }
      })
      await files.bulkWrite(operations)
    },
    async remove(pictureId) {
      await files.deleteMany({ pictureId })
    },
  }
}
