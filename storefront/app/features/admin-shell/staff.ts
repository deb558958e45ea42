import type { Permission } from '@vitrine/contracts/permissions'
import { createContext, useContext } from 'react'

export interface Staff {
  id: string
  name: string
  email: string
  roles: string[]
  permissions: Permission[]
}

const NOBODY: Staff = { id: '', name: '', email: '', roles: [], permissions: [] }
export const StaffContext = createContext<Staff>(NOBODY)

export const useStaff = (): Staff => useContext(StaffContext)

/** Whether this person may do it: decides what is shown. What is allowed, the services decide. */
export const useCan = (permission: Permission): boolean => useStaff().permissions.includes(permission)

/** `order-manager` → `Order manager`. */
export function roleTitle(role: string): string {
  const words = role.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The first letters of first and last name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  return `${words[0]?.charAt(0) ?? ''}${words.length > 1 ? (words.at(-1)?.charAt(0) ?? '') : ''}`.toUpperCase()
}
