import { integer, pgTable, serial, text } from "drizzle-orm/pg-core";

export const employees = pgTable("employees", {
  id: serial("id").primaryKey(),
  salary: integer("salary").notNull(),
  desk: text("desk").notNull(),
});
