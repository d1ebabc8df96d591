variable "chat_url" {
  type = string
}

resource "aws_lambda_function" "reply" {
  environment {
    variables = {
      LLM_URL = var.chat_url
    }
  }
}
