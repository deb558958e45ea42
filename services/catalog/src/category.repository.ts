export interface CategoryRecord {
  id: string
  slug: string
  title: string
  description: string
  parent: string | null
  position: number
}

export interface CategoryRepository {
  list(): Promise<CategoryRecord[]>
  add(category: CategoryRecord): Promise<void>
  save(category: CategoryRecord): Promise<void>
  remove(id: string): Promise<void>
}
