variable "chat_url" {
  type    = string
  default = "https://api.deepseek.com/v1"
}

resource "aws_lambda_function" "reply" {
  function_name = "reply"
  environment {
    variables = {
      LLM_URL = var.chat_url
    }
  }
}
