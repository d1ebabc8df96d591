import mongoose from "mongoose";

const applicantSchema = new mongoose.Schema({
  opening: { type: String, required: true },
  resumeText: String,
  remote: Boolean,
});

export const Applicant = mongoose.model("Applicant", applicantSchema);
