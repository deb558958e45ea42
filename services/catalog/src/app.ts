import { createServiceApp, type ServiceAppOptions } from '@vitrine/kernel/app'
import { announcing, type ChangeMark, noChangeMark } from '@vitrine/kernel/change-mark'
import type { Connection } from '@vitrine/kernel/mongo'
import type { Outbox } from '@vitrine/kernel/outbox'
import { peopleRoutes } from '@vitrine/kernel/people'
import { mongoAlertRepository } from './alert.mongo.ts'
import { alertRoutes } from './alert.routes.ts'
import { createAlertService } from './alert.service.ts'
import { browseRoutes } from './browse.routes.ts'
import { createBrowseService } from './browse.service.ts'
import { mongoCategoryRepository } from './category.mongo.ts'
import { categoryRoutes } from './category.routes.ts'
import { createCategoryService } from './category.service.ts'
import { createExportService } from './csv/export.service.ts'
import { mongoImportRepository } from './csv/import.mongo.ts'
import { importRoutes } from './csv/import.routes.ts'
import { createImportService } from './csv/import.service.ts'
import { editRoutes } from './edit.routes.ts'
import { createEditService } from './edit.service.ts'
import { mongoHoldRepository } from './hold.mongo.ts'
import { internalRoutes } from './internal.routes.ts'
import { inventoryRoutes } from './inventory.routes.ts'
import { createInventoryService } from './inventory.service.ts'
import { mongoCatalogPeople } from './people.mongo.ts'
import { mongoPictureRepository } from './picture.mongo.ts'
import { pictureRoutes } from './picture.routes.ts'
import { mongoProductRepository } from './product.mongo.ts'
import { createPublicReplies } from './public.replies.ts'
import { mongoPurchaseRepository } from './purchase.mongo.ts'
import { mongoReviewRepository } from './review.mongo.ts'
import { reviewRoutes } from './review.routes.ts'
import { createReviewService } from './review.service.ts'
import { miniSearchIndex } from './search.minisearch.ts'
import { mongoStockRepository } from './stock.mongo.ts'
import { createCatalogView } from './view.service.ts'
import { mongoWishlistRepository } from './wishlist.mongo.ts'
import { wishlistRoutes } from './wishlist.routes.ts'
import { createWishlistService } from './wishlist.service.ts'

const STOCK_CHANGES = ['move', 'reserve', 'release', 'commit', 'takeBack'] as const

/** Every repository of the catalog over one database. What shoppers see of a change is announced by the mark. */
export const mongoStores = (connection: Connection, outbox: Outbox, mark: ChangeMark = noChangeMark) => ({
  products: announcing(mongoProductRepository(connection, outbox), ['add', 'save'], mark),
  categories: announcing(mongoCategoryRepository(connection, outbox), ['add', 'save', 'remove'], mark),
  stock: announcing(mongoStockRepository(connection, outbox), STOCK_CHANGES, mark),
  pictures: mongoPictureRepository(connection),
  reviews: announcing(mongoReviewRepository(connection, outbox), ['edit', 'moderate'], mark),
  purchases: mongoPurchaseRepository(connection),
  wishlists: mongoWishlistRepository(connection),
  alerts: mongoAlertRepository(connection, outbox),
  holds: announcing(mongoHoldRepository(connection), ['set', 'releaseExpired'], mark),
  imports: announcing(mongoImportRepository(connection, outbox), ['applyBatch'], mark),
  people: mongoCatalogPeople(connection),
})

export type CatalogStores = ReturnType<typeof mongoStores>

export interface CatalogAppDeps extends Omit<ServiceAppOptions, 'name'> {
  stores: CatalogStores
  /** Tells replicas that something changed; without one every read asks the database. */
  mark?: ChangeMark
  mostAgeMs?: number
  /** Whether carts hold stock before checkout (STOCK_HOLD=cart). */
  isCartHold?: boolean
}

/** Pure composition: tests call it with their own stores and verifiers. */
export function createCatalogApp({
  stores,
  mark = noChangeMark,
  mostAgeMs,
  isCartHold = false,
  ...options
}: CatalogAppDeps) {
  const { clock, log } = options
  const { products, categories, stock, pictures, reviews, purchases, wishlists } = stores
  const views = createCatalogView({ products, categories, stock, mark, mostAgeMs, createSearchIndex: miniSearchIndex })
  const browse = createBrowseService({ views, holds: isCartHold ? stores.holds : null })
  const edits = createEditService({ products, categories, pictures, browse, clock })
  const inventory = createInventoryService({ stock, holds: stores.holds, views, clock })
  const imports = createImportService({ imports: stores.imports, clock, log })
  const app = createServiceApp({ name: 'catalog', ...options })
  const answer = createPublicReplies(views)
  browseRoutes(app, browse, answer)
  editRoutes(app, edits)
  pictureRoutes(app, edits, pictures)
  categoryRoutes(app, createCategoryService({ categories, browse }))
  inventoryRoutes(app, inventory)
  reviewRoutes(app, createReviewService({ reviews, purchases, views, clock }), answer)
  const alerts = createAlertService({ alerts: stores.alerts, stock, views, clock })
  wishlistRoutes(app, createWishlistService({ wishlists, browse, views }))
  alertRoutes(app, alerts)
  importRoutes(app, imports, createExportService({ products, stock }))
  internalRoutes(app, browse, stock, stores.holds)
  peopleRoutes(app, 'catalog', stores.people)
  return { app, inventory, imports, alerts, views }
}
