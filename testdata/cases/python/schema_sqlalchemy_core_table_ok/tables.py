from sqlalchemy import Column, Integer, MetaData, String, Table

metadata = MetaData()
tenants = Table(
    "tenants",
    metadata,
    Column("unit", Integer),
    Column("floor", Integer),
    Column("national_id", String(20)),
)
