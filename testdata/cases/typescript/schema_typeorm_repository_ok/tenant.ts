import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity("tenants")
export class Tenant {
  @PrimaryGeneratedColumn()
  unit!: number;

  @Column({ name: "passport_no" })
  passportNumber!: string;

  @Column()
  floor!: number;
}
