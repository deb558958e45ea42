export interface PictureFile {
  pictureId: string
  width: number
  bytes: Uint8Array
}

/** The encoded pictures, shared by every replica. A file never changes once saved. */
export interface PictureRepository {
  find(pictureId: string, width: number): Promise<Uint8Array | null>
  save(files: PictureFile[]): Promise<void>
  remove(pictureId: string): Promise<void>
}
