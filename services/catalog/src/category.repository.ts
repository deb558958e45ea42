import type { StaffHand } from '@vitrine/kernel/staff-act'
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
  add(category: CategoryRecord, hand?: StaffHand | null): Promise<void>
  save(category: CategoryRecord, hand?: StaffHand | null): Promise<void>
  remove(id: string, hand?: StaffHand | null): Promise<void>
}
