import type { EventHandlers } from '@vitrine/kernel/consumer'
import { recordStaffAct } from './audit.service.ts'
import type { MongoAuthStore } from './store.mongo.ts'

/** What other services tell auth: what staff changed there, for the audit log. */
export const createEventHandlers = ({ storeIn }: Pick<MongoAuthStore, 'storeIn'>): EventHandlers => ({
  'staff.acted': (event, session) => recordStaffAct(storeIn(session), event),
})
