import { boolean, integer, pgTable, serial, text } from "drizzle-orm/pg-core";

export const workers = pgTable("workers", {
  key: serial("key").primaryKey(),
  desk: text("desk").notNull(),
  amount: integer("salary").notNull(),
  hasIban: boolean("has_iban").default(false),
});
