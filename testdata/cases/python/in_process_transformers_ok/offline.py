from dataclasses import dataclass

from transformers import AutoModelForCausalLM, AutoTokenizer

NAME = "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B"
tokenizer = AutoTokenizer.from_pretrained(NAME)
model = AutoModelForCausalLM.from_pretrained(NAME, device_map="auto")


@dataclass
class Patient:
    ssn: str
    diagnosis: str


def explain(patient: Patient) -> str:
    inputs = tokenizer(f"{patient.ssn} {patient.diagnosis}", return_tensors="pt").to(model.device)
    # call: local/local
    output = model.generate(**inputs, max_new_tokens=200)
    return tokenizer.decode(output[0], skip_special_tokens=True)
