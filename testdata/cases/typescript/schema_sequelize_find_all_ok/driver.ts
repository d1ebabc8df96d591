import { DataTypes, Sequelize } from "sequelize";

const sequelize = new Sequelize(process.env.DATABASE_URL!);

export const Driver = sequelize.define("Driver", {
  shift: DataTypes.STRING,
  licence: { type: DataTypes.STRING, field: "drivers_license_number" },
  active: DataTypes.BOOLEAN,
});
